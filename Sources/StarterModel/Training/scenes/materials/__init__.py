"""What things are made of: node trees around Cycles' principled shader. Colours are linear RGB, 0...1."""
