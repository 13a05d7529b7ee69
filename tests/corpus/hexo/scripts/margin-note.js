'use strict';

// {% note %} text {% endnote %}: a remark in the margin.
hexo.extend.tag.register('note', (args, content) =>
  `<aside class="note">${hexo.render.renderSync({text: content, engine: 'markdown'})}</aside>`, {ends: true});
