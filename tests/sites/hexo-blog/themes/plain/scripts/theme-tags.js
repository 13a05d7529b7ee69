'use strict';

const { tag } = hexo.extend;
tag.register("aside", (args, content) => `<aside>${content}</aside>`, true);
