// The emoji shortcodes that the page knows, in Slack's names.

const TABLE = `
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 sweat_smile 😅 joy 😂 rolling_on_the_floor_laughing 🤣 slightly_smiling_face 🙂
upside_down_face 🙃 wink 😉 blush 😊 innocent 😇 smiling_face_with_3_hearts 🥰 heart_eyes 😍 star-struck 🤩 yum 😋 stuck_out_tongue 😛
hugging_face 🤗 thinking_face 🤔 face_with_raised_eyebrow 🤨 neutral_face 😐 expressionless 😑 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄
grimacing 😬 relieved 😌 pensive 😔 sleepy 😪 sleeping 😴 mask 😷 face_with_thermometer 🤒 nauseated_face 🤢 exploding_head 🤯 face_with_cowboy_hat 🤠
partying_face 🥳 sunglasses 😎 nerd_face 🤓 confused 😕 worried 😟 slightly_frowning_face 🙁 white_frowning_face ☹️ open_mouth 😮 hushed 😯 flushed 😳 pleading_face 🥺
cry 😢 sob 😭 scream 😱 disappointed 😞 sweat 😓 weary 😩 tired_face 😫 triumph 😤 rage 😡 angry 😠 skull 💀 robot_face 🤖 salute 🫡
wave 👋 raised_back_of_hand 🤚 hand ✋ raised_hand ✋ ok_hand 👌 v ✌️ crossed_fingers 🤞 call_me_hand 🤙 point_left 👈 point_right 👉 point_up_2 👆 point_up ☝️ point_down 👇
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 fist ✊ facepunch 👊 clap 👏 raised_hands 🙌 open_hands 👐 handshake 🤝 pray 🙏 writing_hand ✍️ muscle 💪 eyes 👀 brain 🧠
bust_in_silhouette 👤 busts_in_silhouette 👥 people_holding_hands 🧑‍🤝‍🧑 technologist 🧑‍💻 shrug 🤷 raising_hand 🙋 bow 🙇 facepalm 🤦 walking 🚶 running 🏃
heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 broken_heart 💔 sparkling_heart 💖 100 💯 boom 💥 dizzy 💫 sweat_drops 💦
speech_balloon 💬 left_speech_bubble 🗨️ thought_balloon 💭 zzz 💤 fire 🔥 sparkles ✨ star ⭐ star2 🌟 zap ⚡ sunny ☀️ sun_with_face 🌞 partly_sunny ⛅ cloud ☁️ rain_cloud 🌧️ snowflake ❄️
rainbow 🌈 ocean 🌊 crescent_moon 🌙 full_moon 🌕 night_with_stars 🌃 sunrise 🌅 city_sunset 🌆 earth_africa 🌍 earth_americas 🌎 globe_with_meridians 🌐 seedling 🌱 herb 🌿 four_leaf_clover 🍀
tulip 🌷 rose 🌹 sunflower 🌻 bouquet 💐 deciduous_tree 🌳 cactus 🌵 palm_tree 🌴 dog 🐶 cat 🐱 bear 🐻 unicorn_face 🦄 bee 🐝 turtle 🐢 snail 🐌 owl 🦉 penguin 🐧
apple 🍎 banana 🍌 lemon 🍋 watermelon 🍉 grapes 🍇 strawberry 🍓 avocado 🥑 bread 🍞 cheese_wedge 🧀 pizza 🍕 hamburger 🍔 taco 🌮 sushi 🍣 cookie 🍪 doughnut 🍩 cake 🍰 birthday 🎂 chocolate_bar 🍫
coffee ☕ tea 🍵 beer 🍺 beers 🍻 champagne 🍾 wine_glass 🍷 tropical_drink 🍹 soccer ⚽ basketball 🏀 dart 🎯 trophy 🏆 medal 🏅 first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉
tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 ribbon 🎀 art 🎨 musical_note 🎵 headphones 🎧 microphone 🎤 guitar 🎸 video_game 🎮 game_die 🎲 puzzle_piece 🧩
rocket 🚀 airplane ✈️ car 🚗 bus 🚌 train 🚆 bike 🚲 ship 🚢 fire_engine 🚒 ambulance 🚑 police_car 🚓 construction 🚧 traffic_light 🚥 vertical_traffic_light 🚦 anchor ⚓ house 🏠 office 🏢 hospital 🏥 school 🏫
watch ⌚ alarm_clock ⏰ stopwatch ⏱️ timer_clock ⏲️ hourglass ⌛ hourglass_flowing_sand ⏳ clock1 🕐 clock3 🕒 clock9 🕘 clock12 🕛 calendar 📆 date 📅 spiral_calendar_pad 🗓️
iphone 📱 telephone_receiver 📞 phone ☎️ computer 💻 keyboard ⌨️ desktop_computer 🖥️ printer 🖨️ floppy_disk 💾 camera 📷 tv 📺 battery 🔋 electric_plug 🔌 bulb 💡 flashlight 🔦 mag 🔍 mag_right 🔎
email 📧 envelope ✉️ envelope_with_arrow 📩 incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 package 📦 mailbox 📫 postbox 📮 newspaper 📰 page_facing_up 📄 page_with_curl 📃 memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋
bookmark 🔖 bookmark_tabs 📑 books 📚 book 📖 notebook 📓 ledger 📒 file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ wastebasket 🗑️ pushpin 📌 round_pushpin 📍 paperclip 📎 link 🔗 scissors ✂️
bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 moneybag 💰 dollar 💵 euro 💶 credit_card 💳 receipt 🧾 money_with_wings 💸 scales ⚖️ mega 📣 loudspeaker 📢 bell 🔔 no_bell 🔕 speaker 🔈 mute 🔇
lock 🔒 unlock 🔓 key 🔑 hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ toolbox 🧰 magnet 🧲 shield 🛡️ test_tube 🧪 pill 💊 thermometer 🌡️ broom 🧹 label 🏷️ ticket 🎫 admission_tickets 🎟️ baton 🪄 magic_wand 🪄
warning ⚠️ rotating_light 🚨 sos 🆘 no_entry ⛔ no_entry_sign 🚫 x ❌ negative_squared_cross_mark ❎ white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ heavy_plus_sign ➕ heavy_minus_sign ➖ question ❓ grey_question ❔ exclamation ❗ heavy_exclamation_mark ❗
bangbang ‼️ information_source ℹ️ recycle ♻️ new 🆕 ok 🆗 up 🆙 free 🆓 cool 🆒 red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫
large_red_square 🟥 large_orange_square 🟧 large_yellow_square 🟨 large_green_square 🟩 large_blue_square 🟦 white_large_square ⬜ black_large_square ⬛ small_orange_diamond 🔸 small_blue_diamond 🔹 large_orange_diamond 🔶 large_blue_diamond 🔷
arrow_up ⬆️ arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ arrow_upper_right ↗️ arrow_lower_right ↘️ arrow_right_hook ↪️ leftwards_arrow_with_hook ↩️ arrows_counterclockwise 🔄 repeat 🔁 fast_forward ⏩ rewind ⏪ arrow_forward ▶️ double_vertical_bar ⏸️ black_square_for_stop ⏹️ small_red_triangle 🔺 small_red_triangle_down 🔻
zero 0️⃣ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 checkered_flag 🏁 triangular_flag_on_post 🚩 waving_white_flag 🏳️ crossed_flags 🎌
flag-de 🇩🇪 de 🇩🇪 flag-gb 🇬🇧 gb 🇬🇧 flag-us 🇺🇸 us 🇺🇸 flag-fr 🇫🇷 fr 🇫🇷 flag-ua 🇺🇦 flag-vn 🇻🇳 flag-gr 🇬🇷 flag-pl 🇵🇱 flag-es 🇪🇸 es 🇪🇸 flag-it 🇮🇹 it 🇮🇹 flag-eu 🇪🇺
simple_smile 🙂 crown 👑 gem 💎 eyeglasses 👓 mortar_board 🎓 briefcase 💼 umbrella ☂️ palms_up_together 🤲 heart_hands 🫶 raised_eyebrow 🤨 melting_face 🫠 face_holding_back_tears 🥹 compass 🧭 world_map 🗺️ door 🚪 chair 🪑 beach_with_umbrella 🏖️ ladder 🪜
`;

const BY_NAME = new Map();
const words = TABLE.trim().split(/\s+/);
for (let index = 0; index < words.length; index += 2) BY_NAME.set(words[index], words[index + 1]);

/** The character of a shortcode, or null when the page does not know it. */
export const emojiOf = (name) => BY_NAME.get(name.replace(/::skin-tone-\d$/, "")) || null;

export const emojiNames = () => [...BY_NAME.keys()];

/** Names that contain what was typed, those that begin with it first. */
export function findEmoji(typed, limit = 60) {
  const wanted = typed.toLowerCase().replaceAll(":", "").replaceAll(" ", "_");
  const found = emojiNames().filter((name) => name.includes(wanted));
  found.sort((a, b) => b.startsWith(wanted) - a.startsWith(wanted));
  return found.slice(0, limit);
}

export const USUAL = ["+1", "white_check_mark", "eyes", "raised_hands", "heart", "tada", "clap", "pray", "fire", "joy", "star2", "100"];
