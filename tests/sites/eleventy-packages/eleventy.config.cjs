const markdownIt = require("markdown-it");
const footnotes = require("eleventy-plugin-own");
const { EleventyHtmlBasePlugin } = require("@11ty/eleventy");

module.exports = function (config) {
  config.addPlugin(footnotes, { name: "x" });
  config.addPlugin(EleventyHtmlBasePlugin);
  config.setLibrary("md", markdownIt({ html: true, breaks: true }));
  config.addBundle("css");
  config.setDataDeepMerge(false);
  return {
    templateFormats: ["md", "njk", "txt"],
    markdownTemplateEngine: false,
    dir: { includes: "_includes", layouts: "_layouts" },
  };
};
