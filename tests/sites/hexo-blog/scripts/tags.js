// hexo.extend.tag.register('commented', () => '');
/* hexo.extend.tag.register('gone', () => ''); */
const box = require('./lib/box');

hexo.extend.tag.register('shout', args => `<b>${args.join(' ').toUpperCase()}</b>`);
hexo.extend.tag.register('box', box, { ends: true });
hexo.extend.tag.register('late', async () => '<i>late</i>', { async: true });
