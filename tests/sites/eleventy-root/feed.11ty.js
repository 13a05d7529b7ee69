module.exports = class {
  data() {
    return { permalink: "/feed.txt" };
  }
  render() {
    return "feed";
  }
};
