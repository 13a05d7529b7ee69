'use strict';

hexo.extend.tag.register('own', function(args) {
  return '<span class="own">' + args[0] + '</span>';
});
hexo.extend.tag.register(
  'frame',
  function(args, content) { return '<section>' + content + '</section>'; },
  { ends: true }
);
