"""kg: news articles in, a knowledge graph that can be trusted out."""
