package main

import "gongbao/internal/catalog"

func (a *app) acceptEffects(c *catalog.Catalog, ids []string) error { return nil }
