// For editors with a remark plugin: front matter is checked, and completed, by the schemas of this project.
import frontMatter from "remark-frontmatter";
import frontMatterSchema from "remark-lint-frontmatter-schema";

const schemas = {
  "./schemas/work.json": ["./notes/papers/*.md"],
  "./schemas/topic.json": ["./notes/topics/*.md"],
  "./schemas/path.json": ["./notes/paths/*.md"],
  "./schemas/page.json": ["./notes/*.md"],
};

export default { plugins: [frontMatter, [frontMatterSchema, { schemas }]] };
