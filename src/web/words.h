/* words.h -- the few sentences the script in the browser says itself, in the shop's language. */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H
struct out;

/* Writes <div id="words" hidden …>; once per page, anywhere in <body>. */
void words_html(struct out *);

#endif
