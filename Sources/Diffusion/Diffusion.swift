// Diffusion: see the DocC catalogue and the package manifest.
