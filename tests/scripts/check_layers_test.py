#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""Tests of scripts/check-layers: a small tree passes, and fails when one of its rules is broken."""

import os
import subprocess
import sys
import tempfile
import unittest

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts", "check-layers")
HEADERS = "include/tiktok2twitch"


def including(*headers):
    return "".join(f'#include "tiktok2twitch/{header}.hpp"\n' for header in headers)


TREE = {
    "src/main.cpp": including("app/commands"),
    "src/app/commands.cpp": including("app/commands", "relay/story", "twitch/client/irc_client", "net/error"),
    f"{HEADERS}/app/commands.hpp": "int run();\n",
    "src/core/text.cpp": including("core/text"),
    f"{HEADERS}/core/text.hpp": "// How long a line may be: docs/protocol/twitch.md §2.1.\n",
    f"{HEADERS}/net/error.hpp": including("core/text"),
    "src/net/tls.cpp": '#include "net/tls.hpp"\n',
    "src/net/tls.hpp": "",
    "src/net/http.cpp": including("net/http") + '#include "net/tls.hpp"\n',
    f"{HEADERS}/net/http.hpp": "",
    "src/relay/story.cpp": including("relay/story", "net/error", "relay/filter/words") +
    "namespace tiktok2twitch::relay {\n"
    "story::story(int size) : names_{size}, count_(0) {}\n"
    "std::function<void(int)> story::heard() const { return {}; }\n"
    "}\n",
    f"{HEADERS}/relay/story.hpp": including("core/text"),
    "src/relay/filter/words.cpp": including("relay/filter/words"),
    f"{HEADERS}/relay/filter/words.hpp": "",
    "src/twitch/client/irc_client.cpp": including("twitch/client/irc_client", "net/http"),
    f"{HEADERS}/twitch/client/irc_client.hpp": "",
    "src/thirdparty/asio.cpp": "#include <boost/asio/impl/src.hpp>\n",
    "src/CMakeLists.txt": "# What a server says: docs/protocol/twitch.md §1.3, §2.1\n",
    "tests/unit/story_test.cpp": including("relay/story") + "// docs/decisions.md\n",
    "docs/protocol/twitch.md": "# Twitch\n\n## 1 Connection\n\n### 1.3 Answers\n\nSee §2.1.\n\n## 2 Sending\n\n"
                               "### 2.1 Length\n\n[decisions](../decisions.md#one-loop)\n",
    "docs/decisions.md": "# Decisions\n\n## One loop\n",
    "README.md": "[architecture](docs/decisions.md)\n",
}


class CheckLayersTest(unittest.TestCase):
    def run_on(self, changes):
        """(exit code, output) for the tree above with other files: path -> text; None takes a file away."""
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**TREE, **changes}.items():
                if text is not None:
                    os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
                    with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                        file.write(text)
            done = subprocess.run([sys.executable, SCRIPT, root], capture_output=True, text=True, check=False)
            return done.returncode, done.stdout

    def passes(self, **changes):
        self.assertEqual(self.run_on(changes), (0, ""))

    def fails(self, changes, *messages):
        """With one line for each of the messages, and no other."""
        code, out = self.run_on(changes)
        self.assertEqual(code, 1, out)
        lines = out.splitlines()
        self.assertEqual(len(lines), len(messages), out)
        for line, message in zip(lines, messages):
            self.assertIn(message, line)

    def added(self, path, text):
        return {path: TREE[path] + text}

    def test_a_tree_that_keeps_the_rules_passes(self):
        self.passes()

    def test_the_tree_of_the_project_is_there(self):
        self.assertEqual(subprocess.run([sys.executable, SCRIPT, "/nonexistent"], capture_output=True,
                                        check=False).returncode, 64)

    # --- the order of layers

    def test_a_lower_layer_includes_no_higher_one(self):
        self.fails(self.added("src/core/text.cpp", including("relay/story")),
                   "src/core/text.cpp:2: core must not include relay (include/tiktok2twitch/relay/story.hpp)",
                   "core -> relay -> core")

    def test_pure_code_includes_no_sockets(self):
        self.fails(self.added("src/relay/story.cpp", including("net/http")), "relay must not include net")

    def test_the_two_platforms_do_not_meet(self):
        self.fails({"src/tiktok/client/room.cpp": including("tiktok/client/room", "twitch/client/irc_client"),
                    f"{HEADERS}/tiktok/client/room.hpp": "", **self.added("src/app/commands.cpp",
                                                                          including("tiktok/client/room"))},
                   "tiktok/client must not include twitch/client")

    def test_the_simulator_knows_neither_relay_nor_platforms(self):
        self.fails({"src/sim/world.cpp": including("sim/world", "relay/story"), f"{HEADERS}/sim/world.hpp": "",
                    **self.added("src/app/commands.cpp", including("sim/world"))}, "sim must not include relay")

    def test_a_folder_of_no_layer_is_named(self):
        self.fails({"src/misc/odds.cpp": including("misc/odds"), f"{HEADERS}/misc/odds.hpp": "",
                    "tests/unit/odds_test.cpp": including("misc/odds")},
                   "src/misc/odds.cpp: its folder belongs to no layer",
                   "misc/odds.hpp: its folder belongs to no layer")

    # --- folders that include each other

    def test_two_folders_of_one_layer_do_not_include_each_other(self):
        self.fails(self.added("src/relay/filter/words.cpp", including("relay/story")),
                   "relay -> relay/filter -> relay: these folders include each other: src/relay/story.cpp:3 includes")

    def test_nor_do_three(self):
        self.fails({"src/relay/filter/links.cpp": including("relay/filter/links", "relay/format/line"),
                    f"{HEADERS}/relay/filter/links.hpp": "",
                    "src/relay/format/line.cpp": including("relay/format/line", "relay/story"),
                    f"{HEADERS}/relay/format/line.hpp": "",
                    **self.added("src/relay/story.cpp", including("relay/filter/links"))},
                   "relay -> relay/filter -> relay/format -> relay")

    # --- places

    def test_a_header_is_not_in_src(self):
        self.fails({"src/relay/story.hpp": "", **self.added("src/app/commands.cpp", '#include "relay/story.hpp"\n')},
                   "src/relay/story.hpp: a header belongs into include/tiktok2twitch/relay")

    def test_a_source_has_its_header(self):
        self.fails({"src/relay/story_more.cpp": including("relay/story")}, "story_more.cpp: has no header of its own")

    # --- headers without users

    def test_a_header_has_a_user(self):
        self.fails({f"{HEADERS}/core/unused.hpp": ""}, "core/unused.hpp: nobody includes this header")

    def test_its_own_source_is_no_user(self):
        self.fails({f"{HEADERS}/core/unused.hpp": "", "src/core/unused.cpp": including("core/unused")},
                   "core/unused.hpp: nobody includes this header")

    def test_a_test_is_a_user(self):
        self.passes(**{f"{HEADERS}/core/unused.hpp": "", "tests/unit/core_test.cpp": including("core/unused")})

    # --- a class in one .cpp

    def class_in_two(self, definition, **more):
        return {"src/relay/other.cpp": including("relay/other", "relay/story") +
                "namespace tiktok2twitch::relay {\n" + definition + "\n}\n",
                f"{HEADERS}/relay/other.hpp": "",
                **self.added("src/app/commands.cpp", including("relay/other")), **more}

    def test_a_class_is_in_one_source(self):
        for definition in ["void story::told() {}", "story::~story() = default;",
                           "template <class T>\nT story::sum(T x) { return x; }",
                           "bool story::operator==(const story& x) const { return true; }",
                           "std::vector<std::function<void(int)>> story::all() { return {}; }",
                           "int story::state::count() { return 1; }"]:
            with self.subTest(definition):
                self.fails(self.class_in_two(definition),
                           "tiktok2twitch::relay::story: its functions are defined in 2 files: src/relay/other.cpp")

    def test_what_only_looks_like_a_member_is_none(self):
        for line in ["// story::told() {}", 'auto text = "story::told() {}";', "auto x = story::make(1);",
                     "namespace {\nvoid story::told() {}\n}", "void f() {\n    story::make(1);\n}",
                     "static_assert(story::size(1) == 2);", "other::other(int x) : a_{x}, story::base(x) {}",
                     "std::string relay::free_function(int x) { return {}; }"]:
            with self.subTest(line):
                self.passes(**self.class_in_two(line))

    def test_the_same_name_in_another_namespace_is_another_class(self):
        self.passes(**{"src/twitch/other.cpp": including("twitch/other") +
                       "namespace tiktok2twitch::twitch {\nvoid story::told() {}\n}\n",
                       f"{HEADERS}/twitch/other.hpp": "",
                       **self.added("src/app/commands.cpp", including("twitch/other"))})

    # --- length

    def test_a_file_is_not_too_long(self):
        self.fails(self.added("src/core/text.cpp", "\n" * 700), "src/core/text.cpp: has 701 lines, 700 at most")

    def test_a_file_may_be_as_long(self):
        self.passes(**self.added("src/core/text.cpp", "\n" * 699))

    # --- citations

    def test_a_document_that_is_cited_exists(self):
        self.fails(self.added("src/core/text.cpp", "// See docs/nowhere.md.\n"),
                   "src/core/text.cpp:2: cites docs/nowhere.md, which does not exist")

    def test_a_document_is_cited_with_its_path(self):
        self.fails(self.added("src/core/text.cpp", "int a;  // twitch.md §2.1\n"), "cites twitch.md, which does not")

    def test_a_section_that_is_cited_exists(self):
        for text in ["// docs/protocol/twitch.md §2.7\n", "// docs/protocol/twitch.md §1.3-2.7 says so\n",
                     "// (docs/protocol/twitch.md §1.3,\n// §2.1, §2.7)\n",
                     "// docs/protocol/twitch.md\n// §2.1 and §2.7\n"]:
            with self.subTest(text):
                self.fails(self.added("tests/unit/story_test.cpp", text),
                           "cites docs/protocol/twitch.md §2.7, and there is no such section")

    def test_a_text_for_users_is_no_citation(self):
        self.passes(**self.added("src/core/text.cpp", 'auto a = "see twitch.md";\n'))

    def test_a_document_cites_its_own_sections(self):
        self.fails(self.added("docs/protocol/twitch.md", "\nSee §3.\n"), "twitch.md: cites §3 of its own")

    def test_documents_link_to_documents_and_headings_that_exist(self):
        self.fails({"README.md": "[a](docs/nowhere.md) [b](docs/decisions.md#two-loops) [c](https://example.org/x)\n"},
                   "README.md: links to docs/nowhere.md, which does not exist",
                   "README.md: links to docs/decisions.md#two-loops, and there is no such heading")


if __name__ == "__main__":
    unittest.main()
