#if CommandLine
internal import ArgumentParser
internal import OktaRuntime

/// The manual pages of the commands that are not actions.
///
/// A command with the name of a category, such as `request`, is a section on the category's page.
struct CommandPages: Sendable {
    private let version: String
    private let date: String

    init(version: String, date: String) {
        self.version = version
        self.date = date
    }

    /// Returns the pages of the commands, and the categories' pages with their commands.
    func adding(to categories: [ManualPage]) -> [ManualPage] {
        var pages = categories
        let commands = BuiltInCommands.all.merging(BuiltInCommands.inCategories) { own, _ in own }
        for (name, type) in commands.sorted(by: { $0.key < $1.key }) {
            let tool = ToolDescription(type)
            let owner = "okta-\(name.prefix { $0 != " " })"
            if let index = pages.firstIndex(where: { $0.name == owner }) {
                pages[index].section("The command okta \(name)")
                Self.describe(tool, "okta \(name)", in: &pages[index])
            } else {
                pages.append(page(name, tool))
            }
        }
        return pages
    }

    private func page(_ name: String, _ tool: ToolDescription) -> ManualPage {
        let summary = PageLayout.firstSentence(of: tool.abstract)
        var page = ManualPage("okta-\(name)", summary: summary, version: version, date: date)
        page.section("Description")
        Self.describe(tool, "okta \(name)", in: &page)
        page.section("See also")
        page.paragraph("okta(1)")
        return page
    }

    /// Describes a command and its subcommands on a page.
    private static func describe(_ tool: ToolDescription, _ name: String, in page: inout ManualPage) {
        page.paragraph(tool.abstract)
        for block in blocks(of: tool.discussion) {
            if let entry = block.entry { page.entry(entry, [block.text]) } else { page.paragraph(block.text) }
        }
        if tool.subcommands.isEmpty { page.command(usage(name, tool)) }
        for argument in tool.arguments where !argument.names.contains("--help") {
            let value = argument.takesValue ? "<\(argument.valueName)>" : ""
            let values = argument.values.isEmpty ? "" : "One of \(argument.values.joined(separator: ", "))."
            page.entry((argument.names.joined(separator: ", ") + " " + value), [argument.help, values])
        }
        for command in tool.subcommands {
            page.part("\(name) \(command.name)")
            describe(command.tool, "\(name) \(command.name)", in: &page)
        }
    }

    private static func usage(_ name: String, _ tool: ToolDescription) -> String {
        let values = tool.arguments.filter(\.names.isEmpty).map { "<\($0.valueName)>\($0.isRepeating ? " ..." : "")" }
        return ([name] + values + ["[options]"]).joined(separator: " ")
    }

    /// Returns the paragraphs of a text. Indented lines are entries of a term and its meaning.
    private static func blocks(of text: String) -> [(entry: String?, text: String)] {
        var blocks: [(entry: String?, text: String)] = []
        for paragraph in text.split(separator: "\n\n") {
            let lines = paragraph.split(separator: "\n")
            guard lines.allSatisfy({ $0.hasPrefix("  ") }) else {
                blocks.append((nil, lines.joined(separator: " ")))
                continue
            }
            for line in lines {
                let words = line.split(separator: " ")
                guard let first = words.first else { continue }
                blocks.append((String(first), words.dropFirst().joined(separator: " ")))
            }
        }
        return blocks
    }
}

extension ToolDescription {
    /// Creates the description of a command or of options from the argument parser.
    init(_ type: any ParsableArguments.Type) {
        self = (try? JSON(parsing: type._dumpHelp())).map { ToolDescription($0) } ?? .empty
    }
}
#endif
