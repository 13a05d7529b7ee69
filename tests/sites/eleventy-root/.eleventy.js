module.exports = (config) => {
  config.addFilter("twice", (text) => text + text);
  config.addLiquidTag("stamp", () => ({
    parse() {},
    render: () => "stamp",
  }));
  config.addPairedAsyncShortcode("quote", async (content) => `<q>${content}</q>`);
  config.addTemplateFormats("css");
  config.setDataFileBaseName("index");
  config.setDataFileSuffixes([".data"]);
  return { pathPrefix: "/sub/" };
};
