"""Encoding: a pretrained network reads whole sentences and says what each piece adds."""
