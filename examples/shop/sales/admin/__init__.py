from sales.admin import campaign, order, terms

__all__ = ["campaign", "order", "terms"]
