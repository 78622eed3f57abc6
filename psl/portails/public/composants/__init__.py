"""The gallery of components: what each one asks, accepts, keeps and writes; tried here, kept nowhere."""
