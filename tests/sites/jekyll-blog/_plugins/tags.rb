# Liquid::Template.register_tag("commented", Jekyll::Shout)
module Jekyll
  class Shout < Liquid::Tag
    def initialize(name, markup, tokens)
      super
      @text = markup.strip
    end

    def render(context)
      "<b>#{@text.upcase}</b>"
    end
  end

  class Box < Liquid::Block
    def render(context)
      "<div>#{super}</div>"
    end

    Liquid::Template.register_tag "box", self
  end

  module Quoting
    def quoted(text)
      "<q>#{text}</q>"
    end
  end
end

=begin
Liquid::Template.register_tag("gone", Jekyll::Shout)
=end
Liquid::Template.register_tag("shout", Jekyll::Shout)
Liquid::Template.register_tag(:loud, Jekyll::Shout)
Liquid::Template.register_filter(Jekyll::Quoting)
