/// Candidates for the values of options.
struct ValueCompletion: Sendable {
    private let sources: CompletionSources

    init(_ sources: CompletionSources) { self.sources = sources }

    /// Returns the values of an option.
    func values(of option: ToolDescription.Argument, _ current: String) async -> [CompletionCandidate] {
        if !option.values.isEmpty { return option.values.map { CompletionCandidate($0) } }
        if option.names.contains("--org") || option.valueName == "org" {
            return sources.orgs().map { CompletionCandidate($0) }
        }
        // The group of `okta group sync-members`.
        if option.names.contains("--group") { return await objects(.groups, current) }
        if option.names.contains("--format") { return OutputFormat.allCases.map { CompletionCandidate($0.rawValue) } }
        if option.names.contains("--for") || option.names.contains("--to") { return await sets(current) }
        if option.names.contains("--body") { return body(current) }
        if option.valueName == "run" { return runs(current) }
        if option.valueName == "state" { return RowState.allCases.map { CompletionCandidate($0.typed) } }
        let name = option.valueName.lowercased()
        if ["path", "file", "folder", "directory", "dir", "@file"].contains(name) {
            return name.hasPrefix("@") ? body(current) : files(current)
        }
        return []
    }

    /// Returns candidates for a body: a file after `@`, or standard input.
    func body(_ current: String) -> [CompletionCandidate] {
        guard current.hasPrefix("@") else {
            return [CompletionCandidate("@", "a file"), CompletionCandidate("-", "the standard input")]
        }
        return files(String(current.dropFirst())).map { $0.behind("@") }
    }

    private func objects(_ collection: NamedCollection, _ current: String) async -> [CompletionCandidate] {
        await sources.objects(collection, current).map { CompletionCandidate($0) }
    }

    /// Returns candidates for a set of objects.
    private func sets(_ current: String) async -> [CompletionCandidate] {
        if current.hasPrefix("file:") { return files(String(current.dropFirst(5))).map { $0.behind("file:") } }
        if current.hasPrefix("csv:") { return table(String(current.dropFirst(4))).map { $0.behind("csv:") } }
        for (kind, collection) in [("group:", NamedCollection.groups), ("app:", .apps)] where current.hasPrefix(kind) {
            return await objects(collection, String(current.dropFirst(kind.count))).map { $0.behind(kind) }
        }
        return [
            CompletionCandidate("search:", "a search expression"),
            CompletionCandidate("filter:", "a filter expression"),
            CompletionCandidate("group:", "the members of a group"), CompletionCandidate("app:", "the users of an app"),
            CompletionCandidate("file:", "ids in a file, one a line"),
            CompletionCandidate("csv:", "a column of a file: csv:FILE:COLUMN"),
            CompletionCandidate("-", "ids on the standard input"),
        ]
    }

    /// Returns candidates for a file of a set, or for one of its columns.
    private func table(_ current: String) -> [CompletionCandidate] {
        if let colon = current.lastIndex(of: ":") {
            let path = String(current[..<colon])
            let columns = sources.columns(path).filter { !$0.isEmpty && !$0.contains { $0 == ":" || $0 == "/" } }
            if !columns.isEmpty { return columns.map { CompletionCandidate("\(path):\($0)") } }
        }
        // The column follows a colon.
        return files(current).map { $0.isOpen ? $0 : $0.followed(by: ":") }
    }

    private func runs(_ current: String) -> [CompletionCandidate] {
        let runs = sources.runs(current)
        let last = runs.isEmpty && current.isEmpty ? [] : [CompletionCandidate("last", "the latest run")]
        return last + runs.map { CompletionCandidate($0.name, $0.help) }
    }

    /// Returns the files whose path starts with the typed text.
    func files(_ current: String) -> [CompletionCandidate] {
        let folder = current.lastIndex(of: "/").map { String(current[...$0]) } ?? ""
        let isHidden = current.dropFirst(folder.count).hasPrefix(".")
        return sources.files(folder).filter { isHidden || !$0.hasPrefix(".") }
            .map { CompletionCandidate(folder + $0) }
    }
}
