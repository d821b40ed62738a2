/// The rules by which names of the catalog become Swift identifiers.
public enum SwiftIdentifier {
    /// Keywords that can be identifiers between backticks.
    private static let keywords: Set<String> = [
        "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do",
        "else", "enum",
        "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "inout",
        "internal", "is",
        "let", "nil", "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return",
        "static",
        "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where",
        "while", "Any",
    ]

    /// Members that a model or group can not have under this name, and the name that they get in its place.
    private static let renamedMembers: [String: String] = [
        // `x.self` is the value itself in Swift, with or without backticks around the declaration.
        "self": "selfLink",
        // `x.init` calls an initialiser.
        "init": "initValue",
        // Every model has its raw JSON under this name.
        "json": "jsonValue",
        // `Type` and `Protocol` name metatypes.
        "Type": "typeValue",
        "Protocol": "protocolValue",
        // Every model describes itself under these names.
        "debugDescription": "debugDescriptionValue",
        "hashValue": "hashValueField",
    ]

    /// Parameters that would hide what the body of a generated function calls.
    private static let hiddenByParameters: Set<String> = ["call", "send", "bytes", "paged", "client", "body", "self"]

    /// Type names that mean something else in every Swift file or in the runtime.
    static let reservedTypes: Set<String> = [
        // Metatypes and special types of the language.
        "Type", "Protocol", "Self", "Any", "AnyObject", "Never", "Void",
        // The standard library and Foundation, which generated and calling code uses by these names.
        "Array", "Bool", "Character", "Codable", "Data", "Date", "Decodable", "Dictionary", "Double", "Encodable",
        "Equatable", "Error",
        "Float", "Hashable", "Identifiable", "Int", "Int64", "Optional", "Result", "Sendable", "Sequence", "Set",
        "String", "Task",
        "URL", "UInt8",
        // The runtime, which module Okta exports.
        "ActionDescriptor", "ActionGroup", "ActionRegistry", "JSON", "MediaType", "ModelIssue",
        "ModelSchema", "OktaClient", "OktaConfiguration",
        "OktaEnum",
        "OktaError", "OktaModel", "OktaRequest", "OktaResponse", "OpenModel", "Page", "PageCursor", "Paged",
        "RateLimit",
        "RequestBody", "RequestPath", "RequestQuery", "RequestHeaders", "Transport", "UploadFile",
    ]

    /// Whether the text is an identifier without need of backticks, apart from keywords.
    static func isValid(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first else { return false }
        let isStart = { (scalar: Unicode.Scalar) in
            scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        }
        return isStart(first) && name != "_"
            && name.unicodeScalars.allSatisfy { isStart($0) || ("0"..."9").contains($0) }
    }

    /// The name of a property or enumeration value, ready to be declared and used after a dot.
    public static func member(_ name: String) -> String {
        let start = startsWithDigit(name) ? "_" + name : name
        let renamed = renamedMembers[start] ?? start
        return keywords.contains(renamed) ? "`\(renamed)`" : renamed
    }

    /// The name of a function.
    public static func function(_ name: String) -> String {
        member(name)
    }

    /// The name of a parameter, which is also its label.
    public static func parameter(_ name: String) -> String {
        let start = startsWithDigit(name) ? "_" + name : name
        if hiddenByParameters.contains(start) { return start + "Value" }
        return keywords.contains(start) ? "`\(start)`" : start
    }

    private static func startsWithDigit(_ name: String) -> Bool {
        name.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? false
    }
}

extension SwiftIdentifier {
    /// A member's name as a parameter of an initialiser, where only a few keywords are in the way.
    static func parameterOfInitializer(_ member: String) -> String {
        parameter(member.replacing("`", with: ""))
    }
}
