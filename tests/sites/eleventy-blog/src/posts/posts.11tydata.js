export default {
  layout: "post",
  tags: ["post"],
  permalink: "/{{ page.fileSlug }}/",
};
