import Foundation

/// The models of module Okta, read from the generated sources, whose form is always the same.
struct GeneratedModels {
    /// A source file and the types that it declares.
    struct File {
        let name: String
        var models: [Model] = []
        var enumerations: [Enumeration] = []
        var aliases: [String] = []
    }

    struct Model {
        let name: String
        let documentation: [String]
        var fields: [Field] = []
        /// The protocols, some of which have fields in an extension.
        let conformances: [String]
    }

    struct Field {
        let name: String
        let wireName: String
        let type: FieldType
        let isOptional: Bool
        let documentation: [String]
    }

    struct Enumeration {
        let name: String
        let documentation: [String]
        var values: [(name: String, wireValue: String, documentation: [String])] = []
    }

    private(set) var files: [File] = []
    /// The fields that the extension of a protocol declares, and its inherited protocols, by the name of the protocol.
    private var inheritedFields: [String: [Field]] = [:]
    private var parents: [String: [String]] = [:]
    private(set) var aliases: [String: String] = [:]

    /// Reads a folder of generated models.
    init(folder: String) throws {
        let url = URL(fileURLWithPath: folder)
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        for path in paths.sorted() where path.hasSuffix(".swift") {
            let text = try String(contentsOf: url.appendingPathComponent(path), encoding: .utf8)
            read(text, into: File(name: path.replacing("/", with: "_")))
        }
        guard !files.isEmpty else { throw NoModels(folder: folder) }
    }

    /// Returns all fields of a model, those of its protocols first. A redeclared field replaces the inherited one.
    func allFields(of model: Model) -> [Field] {
        let own = Set(model.fields.map(\.name))
        return model.conformances.flatMap(fields(ofProtocol:)).filter { !own.contains($0.name) } + model.fields
    }

    private func fields(ofProtocol name: String) -> [Field] {
        (parents[name] ?? []).flatMap(fields(ofProtocol:)) + (inheritedFields[name] ?? [])
    }

    private mutating func read(_ text: String, into file: File) {
        var file = file
        var owner = Owner.none
        var documentation: [String] = []
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.popFirst() {
            let trimmed = line.trimmingPrefix { $0 == " " }
            if trimmed.hasPrefix("///") {
                documentation.append(String(trimmed))
                continue
            }
            if trimmed.hasPrefix("@") || trimmed.hasPrefix("#") { continue }
            if !line.hasPrefix(" ") {
                if !line.isEmpty, line != "}" { owner = declare(line, documentation, in: &file) }
            } else if line.hasPrefix("    public ") {
                switch owner {
                case .model:
                    guard let field = Self.field(line, lines, documentation) else { break }
                    file.models[file.models.count - 1].fields.append(field)
                case .fields(let name):
                    if let field = Self.field(line, lines, documentation) {
                        inheritedFields[name, default: []].append(field)
                    }
                case .enumeration:
                    guard let name = line.firstMatch(of: #/static var (\S+): /#)?.1,
                        let value = Self.first(#/Self\(rawValue: "(.*)"\)/#, in: line, lines)
                    else { break }
                    file.enumerations[file.enumerations.count - 1].values
                        .append((String(name), String(value), documentation))
                case .none:
                    break
                }
            }
            documentation = []
        }
        files.append(file)
    }

    /// Returns a property that reads one member of the JSON object.
    private static func field(_ line: Substring, _ following: ArraySlice<Substring>, _ documentation: [String])
        -> Field?
    {
        guard let match = line.firstMatch(of: /^    public var (\S+): ([^{]+?)(\?)? \{/) else { return nil }
        guard let wireName = first(#/json\[\w+: "([^"]*)"\]/#, in: line, following) else { return nil }
        return Field(
            name: String(match.1), wireName: String(wireName), type: FieldType(match.2), isOptional: match.3 != nil,
            documentation: documentation)
    }

    /// Returns the first capture of an expression in the line of a property or in the lines of its block.
    private static func first(
        _ expression: Regex<(Substring, Substring)>, in line: Substring, _ following: ArraySlice<Substring>
    ) -> Substring? {
        let block = line.hasSuffix("{") ? [line] + following.prefix { $0 != "    }" } : [line]
        return block.lazy.compactMap { $0.firstMatch(of: expression)?.1 }.first
    }

    /// The declaration that contains the current members.
    private enum Owner {
        case none
        case model
        case enumeration
        case fields(String)
    }

    /// Reads the first line of a declaration.
    private mutating func declare(_ line: Substring, _ documentation: [String], in file: inout File) -> Owner {
        if let match = line.firstMatch(of: /^public struct (\w+): ([^{]+) \{/) {
            let (name, conformances) = (String(match.1), Self.names(match.2))
            file.models.append(Model(name: name, documentation: documentation, conformances: conformances))
            return .model
        }
        if let match = line.firstMatch(of: /^public protocol (\w+): ([^{]+) \{/) {
            let names = match.2.components(separatedBy: " where ")
            parents[String(match.1)] = Self.names(Substring(names.first ?? ""))
        } else if let match = line.firstMatch(of: /^extension (\w+Fields) \{/) {
            return .fields(String(match.1))
        } else if let match = line.firstMatch(of: /^public typealias (\w+) = OpenEnum</) {
            file.enumerations.append(Enumeration(name: String(match.1), documentation: documentation))
        } else if let name = file.enumerations.last?.name, line == "extension \(name) {" {
            return .enumeration
        } else if let match = line.firstMatch(of: /^public typealias (\w+) = (\w+)$/) {
            file.aliases.append(String(line))
            aliases[String(match.1)] = String(match.2)
        }
        return .none
    }

    private static func names(_ list: Substring) -> [String] {
        list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

/// The type of a field, as the generated sources spell it.
indirect enum FieldType: Equatable {
    case named(String)
    case array(FieldType)
    case dictionary(FieldType)

    init(_ text: Substring) {
        if text.hasPrefix("[String: ") {
            self = .dictionary(FieldType(text.dropFirst(9).dropLast()))
        } else if text.hasPrefix("[") {
            self = .array(FieldType(text.dropFirst().dropLast()))
        } else {
            self = .named(String(text))
        }
    }

    /// The innermost name.
    var name: String {
        switch self {
        case .named(let name): name
        case .array(let element), .dictionary(let element): element.name
        }
    }
}

/// The error for a folder without generated models.
struct NoModels: Error, CustomStringConvertible {
    let folder: String
    var description: String { "\(folder) has no generated models; run `make generate`" }
}
