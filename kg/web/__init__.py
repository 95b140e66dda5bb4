"""The page and the endpoint: a request becomes an answer in a worker; the front only carries them."""
