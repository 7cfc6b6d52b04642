from catalog.admin import product, stock, taxonomy

__all__ = ["product", "stock", "taxonomy"]
