import Foundation
import YAML

/// A document as a tree that tests can modify.
indirect enum DocumentTree: Equatable, Sendable {
    case text(String)
    case number(String)
    case flag(Bool)
    case list([DocumentTree])
    case map([Member])

    struct Member: Equatable, Sendable {
        var key: String
        var value: DocumentTree
    }

    static func map(_ members: [(String, DocumentTree)]) -> DocumentTree {
        .map(members.map { Member(key: $0.0, value: $0.1) })
    }

    static func reference(_ name: String) -> DocumentTree {
        .map([("$ref", .text("#/components/schemas/\(name)"))])
    }

    var json: String {
        switch self {
        case .text(let text): JSONEncoded.string(text)
        case .number(let text): text
        case .flag(let flag): flag ? "true" : "false"
        case .list(let elements): "[\(elements.map(\.json).joined(separator: ", "))]"
        case .map(let members):
            "{\(members.map { "\(JSONEncoded.string($0.key)): \($0.value.json)" }.joined(separator: ", "))}"
        }
    }

    var members: [Member] { if case .map(let members) = self { members } else { [] } }
    var elements: [DocumentTree] { if case .list(let elements) = self { elements } else { [] } }
    var text: String? { if case .text(let text) = self { text } else { nil } }

    subscript(key: String) -> DocumentTree? {
        get { members.first { $0.key == key }?.value }
        set {
            guard case .map(var members) = self else { return }
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): return
            }
            self = .map(members)
        }
    }

    /// The value at a path of keys and indices.
    subscript(path: [String]) -> DocumentTree? {
        get {
            var value: DocumentTree? = self
            for token in path {
                value =
                    Int(token).flatMap { index in
                        value?.elements.indices.contains(index) == true ? value?.elements[index] : nil
                    }
                    ?? value?[token]
            }
            return value
        }
        set {
            guard let first = path.first else {
                if let newValue { self = newValue }
                return
            }
            if case .list(var elements) = self, let index = Int(first), elements.indices.contains(index) {
                if path.count == 1, newValue == nil {
                    elements.remove(at: index)
                } else {
                    elements[index][Array(path.dropFirst())] = newValue
                }
                self = .list(elements)
            } else if path.count == 1 {
                self[first] = newValue
            } else {
                var inner = self[first] ?? .map([Member]())
                inner[Array(path.dropFirst())] = newValue
                self[first] = inner
            }
        }
    }

    /// All nested values with their paths, outer values first.
    func places(_ way: [String] = []) -> [(way: [String], value: DocumentTree)] {
        let own = [(way: way, value: self)]
        return switch self {
        case .map(let members): own + members.flatMap { $0.value.places(way + [$0.key]) }
        case .list(let elements): own + elements.enumerated().flatMap { $1.places(way + [String($0)]) }
        default: own
        }
    }
}

private enum JSONEncoded {
    static func string(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }
}
