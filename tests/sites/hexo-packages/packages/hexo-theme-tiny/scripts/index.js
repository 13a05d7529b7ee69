require('../include/register')(hexo);
