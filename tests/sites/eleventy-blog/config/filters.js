export default {
  shout: (text) => String(text).toUpperCase(),
  whisper(text) {
    return String(text).toLowerCase();
  },
};
