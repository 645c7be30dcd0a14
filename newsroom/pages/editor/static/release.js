/* From the name of a release's file to its page: release.html?2024-05-09-den-pobedy. */

const [, year, month, slug] = /^\?(\d{4})-(\d{2})-\d{2}-([a-z0-9-]+)$/.exec(location.search) ?? [];
location.replace(slug ? `../news/${year}/${month}/${slug}/` : "../");
