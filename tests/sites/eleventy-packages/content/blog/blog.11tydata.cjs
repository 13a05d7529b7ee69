module.exports = {
  eleventyComputed: {
    summary: (data) => data.title,
  },
};
