from sales.admin import campaign, order, pricelist, terms

__all__ = ["campaign", "order", "pricelist", "terms"]
