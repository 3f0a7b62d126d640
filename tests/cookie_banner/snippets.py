"""What the providers of the catalogue's services give people to paste, with made-up numbers and names.

Read in 2026-11 where the entries of the services say; the code is what the gate has to cope with, whatever it is like.
"""

from __future__ import annotations

_MATOMO = """<!-- Matomo -->
<script>
  var _paq = window._paq = window._paq || [];
  _paq.push(['trackPageView']);
  _paq.push(['enableLinkTracking']);
  (function() {
    var u="https://example.matomo.cloud/";
    _paq.push(['setTrackerUrl', u+'matomo.php']);
    _paq.push(['setSiteId', '1']);
    var d=document, g=d.createElement('script'), s=d.getElementsByTagName('script')[0];
    g.async=true; g.src='//cdn.matomo.cloud/example.matomo.cloud/matomo.js'; s.parentNode.insertBefore(g,s);
  })();
</script>
<noscript><p><img referrerpolicy="no-referrer-when-downgrade" src="https://example.matomo.cloud/matomo.php?idsite=1&amp;rec=1" style="border:0;" alt="" /></p></noscript>
<!-- End Matomo Code -->"""

_META = """<!-- Meta Pixel Code -->
<script>
!function(f,b,e,v,n,t,s)
{if(f.fbq)return;n=f.fbq=function(){n.callMethod?
n.callMethod.apply(n,arguments):n.queue.push(arguments)};
if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';
n.queue=[];t=b.createElement(e);t.async=!0;
t.src=v;s=b.getElementsByTagName(e)[0];
s.parentNode.insertBefore(t,s)}(window, document,'script',
'https://connect.facebook.net/en_US/fbevents.js');
fbq('init', '000000000000000');
fbq('track', 'PageView');
</script>
<noscript><img height="1" width="1" style="display:none"
src="https://www.facebook.com/tr?id=000000000000000&ev=PageView&noscript=1"
/></noscript>
<!-- End Meta Pixel Code -->"""

_TAG_MANAGER = """<!-- Google Tag Manager -->
<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':
new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],
j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src=
'https://www.googletagmanager.com/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);
})(window,document,'script','dataLayer','GTM-0000000');</script>
<!-- End Google Tag Manager -->
<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-0000000"
height="0" width="0" style="display:none;visibility:hidden"></iframe></noscript>"""

_DISQUS = """<div id="disqus_thread"></div>
<script>
    /**
    *  RECOMMENDED CONFIGURATION VARIABLES: EDIT AND UNCOMMENT THE SECTION BELOW
    *  LEARN WHY DEFINING THESE VARIABLES IS IMPORTANT: https://disqus.com/admin/universalcode/#configuration-variables    */
    /*
    var disqus_config = function () {
    this.page.url = PAGE_URL;  // Replace PAGE_URL with your page's canonical URL variable
    };
    */
    (function() { // DON'T EDIT BELOW THIS LINE
    var d = document, s = d.createElement('script');
    s.src = 'https://example.disqus.com/embed.js';
    s.setAttribute('data-timestamp', +new Date());
    (d.head || d.body).appendChild(s);
    })();
</script>
<noscript>Please enable JavaScript to view the <a href="https://disqus.com/?ref_noscript">comments powered by Disqus.</a></noscript>"""

_OLD_DISQUS = """<div id="disqus_thread"></div>
<script type="text/javascript">
    var disqus_shortname = 'example'; // required: replace example with your forum shortname
    (function() {
        var dsq = document.createElement('script'); dsq.type = 'text/javascript'; dsq.async = true;
        dsq.src = 'http://' + disqus_shortname + '.disqus.com/embed.js';
        (document.getElementsByTagName('head')[0] || document.getElementsByTagName('body')[0]).appendChild(dsq);
    })();
</script>"""

_CLARITY = """<script type="text/javascript">
    (function(c,l,a,r,i,t,y){
        c[a]=c[a]||function(){(c[a].q=c[a].q||[]).push(arguments)};
        t=l.createElement(r);t.async=1;t.src="https://www.clarity.ms/tag/"+i;
        y=l.getElementsByTagName(r)[0];y.parentNode.insertBefore(t,y);
    })(window, document, "clarity", "script", "aaaaaaaaaa");
</script>"""

_HOTJAR = """<!-- Hotjar Tracking Code for https://www.example.com/ -->
<script>
    (function(h,o,t,j,a,r){
        h.hj=h.hj||function(){(h.hj.q=h.hj.q||[]).push(arguments)};
        h._hjSettings={hjid:1000000,hjsv:6};
        a=o.getElementsByTagName('head')[0];
        r=o.createElement('script');r.async=1;
        r.src=t+h._hjSettings.hjid+j+h._hjSettings.hjsv;
        a.appendChild(r);
    })(window,document,'https://static.hotjar.com/c/hotjar-','.js?sv=');
</script>"""

_LINKEDIN = """<script type="text/javascript">
_linkedin_partner_id = "0000000";
window._linkedin_data_partner_ids = window._linkedin_data_partner_ids || [];
window._linkedin_data_partner_ids.push(_linkedin_partner_id);
</script><script type="text/javascript">
(function(l) {
if (!l){window.lintrk = function(a,b){window.lintrk.q.push([a,b])};
window.lintrk.q=[]}
var s = document.getElementsByTagName("script")[0];
var b = document.createElement("script");
b.type = "text/javascript";b.async = true;
b.src = "https://snap.licdn.com/li.lms-analytics/insight.min.js";
s.parentNode.insertBefore(b, s);})(window.lintrk);
</script>
<noscript>
<img height="1" width="1" style="display:none;" alt="" src="https://px.ads.linkedin.com/collect/?pid=0000000&fmt=gif" />
</noscript>"""

_GOOGLE_TAG = """<!-- Google tag (gtag.js) -->
<script async src="https://www.googletagmanager.com/gtag/js?id=G-XXXXXXXXXX"></script>
<script>
  window.dataLayer = window.dataLayer || [];
  function gtag(){window.dataLayer.push(arguments);}
  gtag('js', new Date());

  gtag('config', 'G-XXXXXXXXXX');
</script>"""

_INSTAGRAM = """<blockquote class="instagram-media" data-instgrm-captioned data-instgrm-permalink="https://www.instagram.com/p/AAAAAAAAAAA/?utm_source=ig_embed&amp;utm_campaign=loading" data-instgrm-version="14"><div><a href="https://www.instagram.com/p/AAAAAAAAAAA/?utm_source=ig_embed&amp;utm_campaign=loading" target="_blank">View this post on Instagram</a></div></blockquote>
<script async src="//www.instagram.com/embed.js"></script>"""

_TWEET = """<blockquote class="twitter-tweet" data-dnt="true"><p lang="en" dir="ltr">A post</p>&mdash; Example (@example) <a href="https://twitter.com/example/status/1?ref_src=twsrc%5Etfw">November 22, 2026</a></blockquote> <script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>"""

_YOUTUBE_API = """<div id="player"></div>
<script>
  // This code loads the IFrame Player API code asynchronously.
  var tag = document.createElement('script');
  tag.src = "https://www.youtube.com/iframe_api";
  var firstScriptTag = document.getElementsByTagName('script')[0];
  firstScriptTag.parentNode.insertBefore(tag, firstScriptTag);
  var player;
  function onYouTubeIframeAPIReady() {
    player = new YT.Player('player', { height: '390', width: '640', videoId: 'M7lc1UVf-VE' });
  }
</script>"""

_HUBSPOT_FORM = """<script charset="utf-8" type="text/javascript" src="//js.hsforms.net/forms/embed/v2.js"></script>
<script>
  hbspt.forms.create({
    portalId: "0000000",
    formId: "00000000-0000-0000-0000-000000000000"
  });
</script>"""

_SOUNDCLOUD = """<iframe id="sc-widget" src="https://w.soundcloud.com/player/?url=https://api.soundcloud.com/users/1/favorites" width="100%" height="465" scrolling="no" frameborder="no"></iframe>
<script src="https://w.soundcloud.com/player/api.js" type="text/javascript"></script>
<script type="text/javascript">
  (function(){
    var widgetIframe = document.getElementById('sc-widget'),
        widget       = SC.Widget(widgetIframe);
    widget.bind(SC.Widget.Events.READY, function() { widget.setVolume(50); });
  }());
</script>"""

WAITING = (
    ("amazon-ads", '<script src="//z-na.amazon-adsystem.com/widgets/onejs?MarketPlace=US"></script>'),
    ("clarity", _CLARITY),
    (
        "cloudflare-web-analytics",
        (
            "<script defer src='https://static.cloudflareinsights.com/beacon.min.js' "
            'data-cf-beacon=\'{"token": "00000000000000000000000000000000"}\'></script>'
        ),
    ),
    ("disqus", _DISQUS),
    ("disqus", _OLD_DISQUS),
    ("fathom", '<script src="https://cdn.usefathom.com/script.js" data-site="AAAAAAAA" defer></script>'),
    (
        "goatcounter",
        (
            '<script data-goatcounter="https://example.goatcounter.com/count"\n'
            '        async src="//gc.zgo.at/count.js"></script>'
        ),
    ),
    ("google-analytics", _GOOGLE_TAG),
    ("google-analytics", _TAG_MANAGER),
    (
        "google-fonts",
        (
            '<link rel="preconnect" href="https://fonts.googleapis.com">\n'
            '<link rel="preconnect" href="https://fonts.gstatic.com" crossorigin>\n'
            '<link href="https://fonts.googleapis.com/css2?family=Roboto&display=swap" rel="stylesheet">'
        ),
    ),
    (
        "google-maps",
        (
            '<iframe\n  width="600"\n  height="450"\n  style="border:0"\n  loading="lazy"\n  allowfullscreen\n'
            '  referrerpolicy="strict-origin-when-cross-origin"\n  src="https://www.google.com/maps/embed/v1/place?key=API_KEY\n'
            '    &q=Space+Needle,Seattle+WA">\n</iframe>'
        ),
    ),
    (
        "google-maps",
        '<script async src="https://maps.googleapis.com/maps/api/js?key=API_KEY&loading=async&callback=initMap"></script>',
    ),
    ("hotjar", _HOTJAR),
    (
        "hubspot",
        (
            "<!-- Start of HubSpot Embed Code -->\n"
            '<script type="text/javascript" id="hs-script-loader" async defer src="//js.hs-scripts.com/0000000.js"></script>\n'
            "<!-- End of HubSpot Embed Code -->"
        ),
    ),
    ("hubspot", _HUBSPOT_FORM),
    ("instagram", _INSTAGRAM),
    ("linkedin-insight", _LINKEDIN),
    ("matomo", _MATOMO),
    ("meta-pixel", _META),
    (
        "openstreetmap",
        (
            '<iframe width="425" height="350" src="https://www.openstreetmap.org/export/embed.html?bbox=1%2C2%2C3%2C4&amp;'
            'layer=mapnik" style="border: 1px solid black"></iframe><br/><small>'
            '<a href="https://www.openstreetmap.org/?#map=5/1/2">View Larger Map</a></small>'
        ),
    ),
    (
        "plausible",
        (
            '<script async src="https://plausible.io/js/pa-XXXXX.js"></script>\n<script>\n'
            "  window.plausible=window.plausible||function(){(plausible.q=plausible.q||[]).push(arguments)},"
            "plausible.init=plausible.init||function(i){plausible.o=i||{}};\n  plausible.init()\n</script>"
        ),
    ),
    ("plausible", '<script defer data-domain="example.com" src="https://plausible.io/js/script.js"></script>'),
    ("recaptcha", '<script src="https://www.google.com/recaptcha/api.js" async defer></script>'),
    (
        "recaptcha",
        (
            '<script async src="https://www.google.com/recaptcha/api.js"></script>\n<script>\n'
            '  grecaptcha.ready(function(){\n    grecaptcha.render("container", {\n      sitekey: "ABC-123"\n    });\n  });\n'
            "</script>"
        ),
    ),
    (
        "simple-analytics",
        (
            '<script async defer src="https://scripts.simpleanalyticscdn.com/latest.js"></script>\n'
            '<noscript><img src="https://queue.simpleanalyticscdn.com/noscript.gif" alt="" '
            'referrerpolicy="no-referrer-when-downgrade" /></noscript>'
        ),
    ),
    ("soundcloud", _SOUNDCLOUD),
    (
        "spotify",
        (
            '<iframe style="border-radius:12px" src="https://open.spotify.com/embed/track/1?utm_source=generator" width="100%" '
            'height="352" frameBorder="0" allowfullscreen="" allow="autoplay; clipboard-write; encrypted-media; fullscreen; '
            'picture-in-picture" loading="lazy"></iframe>'
        ),
    ),
    (
        "spotify",
        (
            '<script src="https://open.spotify.com/embed/iframe-api/v1" async></script>\n<div id="embed-iframe"></div>\n'
            "<script>window.onSpotifyIframeApiReady = (IFrameAPI) => { IFrameAPI.createController(); };</script>"
        ),
    ),
    (
        "stripe",
        '<script src="https://js.stripe.com/v3/"></script>\n<script>const stripe = Stripe("pk_test_0");</script>',
    ),
    (
        "umami",
        (
            '<script\n  defer\n  src="https://cloud.umami.is/script.js"\n'
            '  data-website-id="00000000-0000-0000-0000-000000000000"\n></script>'
        ),
    ),
    (
        "vimeo",
        (
            '<iframe src="https://player.vimeo.com/video/1?h=0" width="640" height="360" frameborder="0" '
            'allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>'
        ),
    ),
    (
        "vimeo",
        (
            '<div style="padding:56.25% 0 0 0;position:relative;"><iframe src="https://player.vimeo.com/video/1?badge=0" '
            'frameborder="0" style="position:absolute;top:0;left:0;width:100%;height:100%;" title="A film"></iframe></div>'
            '<script src="https://player.vimeo.com/api/player.js"></script>'
        ),
    ),
    ("x", _TWEET),
    (
        "youtube",
        (
            '<iframe width="560" height="315" src="https://www.youtube-nocookie.com/embed/aaaaaaaaaaa?si=0" '
            'title="YouTube video player" frameborder="0" allow="accelerometer; autoplay; clipboard-write; encrypted-media; '
            'gyroscope; picture-in-picture; web-share" referrerpolicy="strict-origin-when-cross-origin" '
            "allowfullscreen></iframe>"
        ),
    ),
    ("youtube", _YOUTUBE_API),
)
"""A service that waits for consent, and what its provider gives people to paste."""

SENDING = (
    ("basin", '<form action="https://usebasin.com/f/000000000000" method="POST"><input name="email"></form>'),
    (
        "brevo",
        '<form method="POST" action="https://aaaaaaaa.sibforms.com/serve/AAAA?isAjax=1"><input name="EMAIL"></form>',
    ),
    (
        "buttondown",
        (
            '<form action="https://buttondown.com/api/emails/embed-subscribe/example" method="post">'
            '<input type="email" name="email"></form>'
        ),
    ),
    ("formspree", '<form action="https://formspree.io/f/aaaaaaaa" method="POST"><input name="email"></form>'),
    (
        "mailchimp",
        (
            '<form action="https://example.us1.list-manage.com/subscribe/post?u=0&amp;id=0" method="post">'
            '<input type="email" name="EMAIL"></form>'
        ),
    ),
    ("web3forms", '<form action="https://api.web3forms.com/submit" method="POST"><input name="access_key"></form>'),
)
"""A service that takes a form, and the form."""

OWN_ADDRESS = ("listmonk", "netlify-forms")
"""Services that have no host of their own."""
