module.exports = hexo => {
  for (const name of ['hint', 'warn']) {
    hexo.extend.tag.register(name, args => `<em>${name}: ${args.join(' ')}</em>`);
  }
  hexo.extend.tag.register('plain', args => args.join(' '));
};
