module.exports = function (config, options) {
  config.addShortcode("own", () => "own");
  config.addFilter("owned", (text) => text);
};
