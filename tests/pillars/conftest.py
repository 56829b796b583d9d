from tests.loading_desk import desk as desk
