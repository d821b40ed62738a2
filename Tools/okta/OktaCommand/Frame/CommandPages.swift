#if CommandLine
internal import ArgumentParser
internal import OktaRuntime

/// The pages of the manual about the commands that are no actions.
///
/// A command that shares its name with a category, such as `request`, has a section on the page of the category.
struct CommandPages: Sendable {
    private let version: String
    private let date: String

    init(version: String, date: String) {
        self.version = version
        self.date = date
    }

    /// The page of each command by its own name, and the pages of categories with their commands.
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

    /// What a command does, and each command within it as a part.
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

    /// The paragraphs of a text; indented lines are entries of a word and what it means.
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
    /// The description of a command or of options, as the frame gives it.
    init(_ type: any ParsableArguments.Type) {
        self = (try? JSON(parsing: type._dumpHelp())).map { ToolDescription($0) } ?? .empty
    }
}
#endif
