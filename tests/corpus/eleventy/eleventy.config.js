export default function (config) {
  config.addPassthroughCopy("img");
  config.addFilter("knots", (metres) => Math.round(metres * 1.944));
  config.addPairedShortcode("margin", (content, title) => `<aside><b>${title}</b>${content}</aside>`);
  config.addShortcode("tide", (port, time) => `<span class="tide">${port} ${time}</span>`);
}
