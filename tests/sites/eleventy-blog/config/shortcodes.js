export default function (config) {
  config.addShortcode("card", (text) => `<b>${text}</b>`);
  config.addPairedShortcode("box", (content) => `<div>${content}</div>`);
  config.addNunjucksShortcode("star", () => "*");
  config.addLiquidShortcode("moon", () => "o");
}
