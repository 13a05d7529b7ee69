module.exports = (args, content) => `<div class="box">${content}</div>`;
