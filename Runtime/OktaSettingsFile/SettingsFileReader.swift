import OktaRuntime
import YAML

/// Reads the settings in an `okta.yaml`, and reports all problems.
struct SettingsFileReader {
    var diagnostics = Diagnostics()
    private(set) var client = OktaSettings()
    private(set) var organizations: [OrganizationSettings] = []

    mutating func read(_ root: YAMLNode) {
        guard let okta = root["okta"] else {
            report(root, "wrong-type", "the file has no key `okta`", hint: "write `okta:`, and `client:` below it")
            return
        }
        // Other tools keep settings next to these two, so only a name that resembles one of them is a mistake.
        for entry in okta.entries ?? [] where !["client", "orgs"].contains(entry.name) {
            if let meant = Spelling(entry.name.lowercased()).nearest(in: ["client", "orgs"]) {
                report(entry.key, "unknown-setting", "this key is not read", hint: "did you mean `\(meant)`?")
            }
        }
        if let node = entries(of: okta, "`okta`")?.last(where: { $0.name == "client" })?.value, !node.isNull {
            client = settings(in: entries(of: node, "`okta.client`") ?? [], OktaSettings())
        }
        if let node = okta["orgs"], !node.isNull {
            for entry in entries(of: node, "`okta.orgs`") ?? [] { readOrganization(entry) }
        }
    }

    private mutating func readOrganization(_ entry: YAMLEntry) {
        let name = entry.name
        let group = OktaSettings.Group.organization(named: name)
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "-_. ".contains($0) }) else {
            report(entry.key, "organization-name", "this is not a valid org name", hint: "use letters, digits, - and _")
            return
        }
        if let other = organizations.first(where: { $0.settings.group.variablePrefix == group.variablePrefix }) {
            report(
                entry.key, "organization-name",
                "the orgs `\(other.name)` and `\(name)` have the same environment variables", hint: "rename one")
        }
        let entries = entries(of: entry.value, "an org") ?? []
        var tenants: [String] = []
        for entry in entries where entry.name == "tenants" && !entry.value.isNull {
            tenants = texts(in: entry.value, as: "`tenants`")
        }
        let settings = settings(
            in: entries.filter { $0.name != "tenants" }, OktaSettings(group: group), beside: ["tenants"])
        organizations.append(OrganizationSettings(name: name, settings: settings, tenants: tenants))
    }

    /// - Parameter others: Known keys other than the settings.
    private mutating func settings(
        in entries: [YAMLEntry], _ empty: OktaSettings, beside others: [String] = []
    ) -> OktaSettings {
        var settings = empty
        for entry in entries { read(entry, below: "", beside: others, into: &settings) }
        return settings
    }

    /// Reads one key. Nested keys form a name with dots.
    private mutating func read(
        _ entry: YAMLEntry, below parent: String, beside others: [String], into settings: inout OktaSettings
    ) {
        let spelling = parent + entry.name
        let name = OktaSettings.Key(spelling: spelling)
        if name == nil, OktaSettings.Key.isUsedOnlyByOtherSDKs(spelling) { return }
        switch entry.value.content {
        case _ where entry.value.isNull || entry.value.entries?.isEmpty ?? false:
            if name == nil, !Self.parents.contains(entry.name) { reportUnknown(entry.key, spelling, others) }
        case .mapping(let entries):
            // `token: {apiToken}`, as in examples, is a mapping in YAML but a placeholder to people.
            if let name, entry.value.isFlow, entries.count == 1, let only = entries.first, only.value.isNull {
                set(name, "{\(only.name)}", at: entry, in: &settings)
            } else if parent.isEmpty, name == nil || name == .privateKey {
                for inner in entries { read(inner, below: spelling + ".", beside: [], into: &settings) }
            } else {
                report(entry.value, "wrong-type", "this must be text, not a mapping")
            }
        case _ where name == nil:
            reportUnknown(entry.key, spelling, others)
        case .sequence:
            guard name == .scopes else {
                report(entry.value, "wrong-type", "this must be text, not a list")
                return
            }
            set(.scopes, texts(in: entry.value, as: "`scopes`").joined(separator: " "), at: entry, in: &settings)
        case .scalar(let text, _):
            if let name { set(name, text, at: entry, in: &settings) }
        }
    }

    /// The keys whose nested keys are settings.
    private static let parents = ["proxy", "rateLimit", "privateKey"]

    /// Reports an unknown key as an error, because a misspelled one would otherwise silently have no effect.
    private mutating func reportUnknown(_ key: YAMLNode, _ spelling: String, _ others: [String]) {
        let meant = OktaSettings.Key(nearestTo: spelling)?.rawValue ?? Spelling(spelling).nearest(in: others)
        // A text that does not look like a key is not shown, because it may be a value in the wrong position.
        let isKey = spelling.count <= 40 && spelling.allSatisfy { $0.isASCII && $0.isLetter || "._-".contains($0) }
        report(
            key, "unknown-setting", isKey ? "`\(spelling)` is not a setting" : "this key is not a setting",
            hint: meant.map { "did you mean `\($0)`?" }
                ?? "remove it; settings of other tools belong next to `client`, not inside it")
    }

    private mutating func set(
        _ name: OktaSettings.Key, _ text: String, at entry: YAMLEntry, in settings: inout OktaSettings
    ) {
        if settings[name] != nil {
            report(
                entry.key, "duplicate-setting", "`\(name.rawValue)` is set twice, in two spellings",
                hint: "remove one of the two")
        }
        let start = entry.value.location.start
        let source = OktaSettings.Source.file(path: entry.value.location.file, line: start.line, column: start.column)
        settings[name] = OktaSettings.Value(text, source: source)
    }

    private mutating func texts(in node: YAMLNode, as what: String) -> [String] {
        if case .scalar(let text, _) = node.content { return [text] }
        var texts: [String] = []
        for element in node.elements ?? [node] {
            if let text = element.scalar, !element.isNull {
                texts.append(text)
            } else {
                report(element, "wrong-type", "an element of \(what) must be text, not \(element.kindName)")
            }
        }
        return texts
    }

    private mutating func entries(of node: YAMLNode, _ what: String) -> [YAMLEntry]? {
        guard let entries = node.entries else {
            report(
                node, "wrong-type", "\(what) must be a mapping, not \(node.kindName)",
                hint: "write `key: value` lines, with a space after the colon")
            return nil
        }
        return entries
    }

    private mutating func report(_ node: YAMLNode, _ rule: String, _ message: String, hint: String? = nil) {
        diagnostics.report(Diagnostic(rule: rule, message, at: node.location, hint: hint))
    }
}
