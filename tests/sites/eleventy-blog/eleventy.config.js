import { EleventyRenderPlugin } from "@11ty/eleventy";
import filters from "./config/filters.js";
import shortcodes from "./config/shortcodes.js";

const INPUT = "src";

export default function (config) {
  config.addPlugin(EleventyRenderPlugin);
  config.addPlugin(shortcodes);
  for (const name of Object.keys(filters)) {
    config.addFilter(name, filters[name]);
  }
  // config.addFilter("never", () => "");
  config.addPassthroughCopy("src/img");
  config.addPassthroughCopy({ "src/root": "/" });
  config.addLayoutAlias("post", "layouts/post.njk");
  config.addGlobalData("motto", "Short notes");
  config.addPreprocessor("drafts", "*", (data) => (data.draft ? false : undefined));
  config.ignores.add("src/attic/**");
}

export const config = {
  dir: { input: INPUT, includes: "_parts", data: "_facts", output: "public" },
  markdownTemplateEngine: "njk",
  htmlTemplateEngine: "njk",
};
