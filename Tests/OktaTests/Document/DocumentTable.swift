import Foundation
import OktaRuntime

/// The calls of Okta's document as a table, read independently of the generator: with another YAML reader and without
/// shared code.
struct DocumentTable {
    /// The form of a call of an operation.
    struct Row: Sendable, CustomStringConvertible {
        let method: String
        let path: String
        var prefix: String?
        var query: Set<String> = []
        /// The lists in the query whose elements are separate parameters.
        var repeated: Set<String> = []
        var lists: Set<String> = []
        var required: Set<String> = []
        var headers: Set<String> = []
        /// The media types of the body.
        var bodyMedia: [String] = []
        /// The media types of the response with content.
        var responseMedia: [String] = []
        var isArray = false
        /// The kinds of credentials that permit the call; nil if the document does not state them.
        var credentials: Set<String>?
        var scopes: Set<String> = []

        var description: String { "\(method) \(path)" }

        /// The authorization in the registry that matches the credentials.
        var authorization: ActionDescriptor.Authorization {
            switch credentials {
            case nil, ["oauth2", "apiToken"]: .token
            case []: .anonymous
            case let kinds?: .init(rawValue: kinds.sorted().joined(separator: " "))
            }
        }
    }

    private(set) var rows: [Row] = []
    private let root: PlainYAML.Node

    init(contentsOf path: String) throws {
        root = PlainYAML.read(try String(contentsOfFile: path, encoding: .utf8))
        for (path, item) in root["paths"]?.members ?? [] {
            for (method, operation) in item.members where ["get", "post", "put", "patch", "delete"].contains(method) {
                rows.append(row(method.uppercased(), path, operation, item))
            }
        }
    }

    private func resolved(_ node: PlainYAML.Node) -> PlainYAML.Node {
        var node = node
        while let reference = node["$ref"]?.text {
            var target: PlainYAML.Node? = root
            for part in reference.split(separator: "/").dropFirst() {
                target = target?[String(part).replacing("~1", with: "/").replacing("~0", with: "~")]
            }
            guard let target else { break }
            node = target
        }
        return node
    }

    private func row(
        _ method: String, _ path: String, _ operation: PlainYAML.Node, _ item: PlainYAML.Node
    ) -> Row {
        var row = Row(method: method, path: path)
        let url = operation["servers"]?.elements.first?["url"]?.text ?? ""
        let labels = url.split(separator: "/").dropFirst().first?.split(separator: ".") ?? []
        if labels.count == 4 { row.prefix = String(labels[0]) }
        for parameter in (item["parameters"]?.elements ?? []) + (operation["parameters"]?.elements ?? []) {
            add(resolved(parameter), to: &row)
        }
        let body = operation["requestBody"].map(resolved)
        row.bodyMedia = (body?["content"]?.members ?? []).map { Self.plain($0.key) }
        for (status, response) in operation["responses"]?.members ?? [] where status.hasPrefix("2") {
            let content = resolved(response)["content"]?.members ?? []
            guard !content.isEmpty, row.responseMedia.isEmpty else { continue }
            row.responseMedia = content.map { Self.plain($0.key) }
            let json = content.first { Self.isJSON(Self.plain($0.key)) }
            row.isArray = (json?.value["schema"]).map { resolved($0)["type"]?.text == "array" } ?? false
        }
        if let security = operation["security"] ?? root["security"] {
            row.credentials = []
            for (name, scopes) in security.elements.flatMap(\.members) {
                let kind = kind(of: name)
                row.credentials?.insert(kind)
                if kind == "oauth2" { row.scopes.formUnion(scopes.elements.compactMap(\.text)) }
            }
        } else if root["components"]?["securitySchemes"] != nil {
            row.credentials = []
        }
        return row
    }

    private func add(_ parameter: PlainYAML.Node, to row: inout Row) {
        guard let name = parameter["name"]?.text else { return }
        let isList = parameter["schema"].map { resolved($0)["type"]?.text == "array" } ?? false
        switch parameter["in"]?.text {
        case "query":
            row.query.insert(name)
            if isList {
                row.lists.insert(name)
                if parameter["explode"]?.text != "false" { row.repeated.insert(name) }
            }
        case "header": row.headers.insert(name.lowercased())
        default: break
        }
        if parameter["in"]?.text != "path", parameter["required"]?.text == "true" { row.required.insert(name) }
    }

    private func kind(of scheme: String) -> String {
        switch root["components"]?["securitySchemes"]?[scheme]?["type"]?.text {
        case "oauth2": "oauth2"
        case "apiKey": "apiToken"
        case "http": "client"
        default: scheme
        }
    }

    /// Returns a media type without spaces. A comma before a parameter is a mistake in the document.
    static func plain(_ media: String) -> String {
        media.lowercased().replacing(", ", with: ";").replacing("; ", with: ";")
    }

    static func isJSON(_ media: String) -> Bool {
        media.prefix { $0 != ";" }.hasSuffix("json")
    }
}
