/// The manual pages: one about the program, and one for each category.
package struct Manual: Sendable {
    private let catalog: CommandCatalog
    private let version: String
    private let date: String

    /// Creates the manual of a catalog.
    ///
    /// - Parameter date: The date of its pages, such as `2026-01-31`.
    package init(_ catalog: CommandCatalog, version: String, date: String) {
        self.catalog = catalog
        self.version = version
        self.date = date
    }

    /// Returns the page about the program.
    ///
    /// - Parameters:
    ///   - commands: The commands that are not actions, with descriptions.
    ///   - options: The common options of actions, with descriptions.
    package func overview(
        commands: [(name: String, text: String)], options: [(name: String, text: String)]
    ) -> ManualPage {
        var page = ManualPage(
            "okta", summary: "every action of Okta's API, from the shell", version: version, date: date)
        page.section("Synopsis")
        page.command("okta <category> <action> [values] [options]")
        page.command("okta <command> [options]")
        page.section("Description")
        page.paragraph(
            "Runs one action of the API for one object or over a set of them, and writes the response as a table, "
                + "JSON, NDJSON, CSV or YAML. The page okta-CATEGORY(1) describes the actions of a category, and "
                + "okta-COMMAND(1) a command.")
        page.section("Commands")
        for command in commands { page.entry(command.name, [command.text]) }
        page.section("Options of every action")
        for option in options { page.entry(option.name, [option.text]) }
        page.section("Categories")
        for group in CategoryGroup.all(of: catalog) { page.entry(group.title, [group.names.joined(separator: ", ")]) }
        page.section("Environment")
        page.entry("OKTA_CLIENT_ORGURL, OKTA_CLIENT_TOKEN", ["The org and its token, where no profile is used."])
        page.entry("OKTA_CLIENT_REQUESTTIMEOUT", ["The timeout of a call in seconds, with its retries and waits."])
        page.entry("OKTA_CLI_CLIENT_SECRET", ["The secret of the OAuth client that --client names."])
        page.entry("OKTA_CLI_DEBUG", ["Writes a line for each attempt of a call and each wait if it is not empty."])
        page.entry("OKTA_SHARED_LIMITS", ["off turns the sharing of rate limits off for a command."])
        page.entry("https_proxy, no_proxy", ["The proxy, and the hosts without one."])
        page.entry("SSL_CERT_FILE", ["The PEM file with the certificate authorities to trust."])
        page.entry("NO_COLOR", ["Turns colors off if it is not empty."])
        page.entry("OKTA_CLI", ["The path of this program, for programs named okta-NAME that it starts."])
        page.section("Files")
        page.entry("$XDG_CONFIG_HOME/okta/okta.yaml", ["The profiles; ~/.config without the variable."])
        page.entry(
            "$XDG_STATE_HOME/okta/runs", ["The journals of runs over sets; ~/.local/state without the variable."])
        page.entry("$XDG_STATE_HOME/okta/commands.log", ["The log of commands that called an org, without secrets."])
        page.entry("$XDG_CACHE_HOME/okta/names.json", ["Names for completion; ~/.cache without the variable."])
        page.section("Exit status")
        for code in Self.exitCodes { page.entry("\(code.code.rawValue)", [code.meaning]) }
        return page
    }

    /// The pages of the categories.
    package var categories: [ManualPage] { catalog.categories.map(page) }

    private func page(_ category: CommandCatalog.Category) -> ManualPage {
        var page = ManualPage(
            "okta-\(category.name)", summary: Self.beginning(of: category.summary), version: version,
            date: date)
        page.section("Synopsis")
        page.command("okta \(category.name) <action> [values] [options]")
        page.section("Actions")
        for action in category.actions {
            let text = ActionPage(action)
            page.part(action.name)
            page.paragraph(text.summary)
            if let discussion = text.discussion { page.paragraph(discussion) }
            page.command(text.usage)
            for parameter in text.parameters { page.entry(parameter.name, parameter.texts) }
            if let body = text.body { page.entry("body", body) }
            for fact in text.facts { page.entry(fact.name, [fact.text]) }
            page.entry("example", [text.example])
        }
        page.section("See also")
        page.paragraph("okta(1)")
        return page
    }

    /// Returns the first sentence without its full stop.
    private static func beginning(of text: String) -> String {
        PageLayout.firstSentence(of: PageLayout.plain(text))
    }

    private static let exitCodes: [(code: ExitCode, meaning: String)] = [
        (.done, "Everything was done."),
        (.refused, "The API refused a call, or its response could not be read."),
        (.usage, "The command line is wrong, or a file named in it."),
        (.network, "The org could not be reached, or did not respond in time."),
        (.authorization, "The org did not accept the credentials, or they lack a permission."),
        (.partlyDone, "A run over a set, or over several orgs, was done in part."),
        (.interrupted, "The program was interrupted."),
    ]
}
