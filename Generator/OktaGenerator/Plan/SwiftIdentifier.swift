/// The rules by which names of the catalog become Swift identifiers.
public enum SwiftIdentifier {
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
        // `x = .none` empties an optional property, whatever the type has under that name.
        "none": "noneValue", "some": "someValue",
    ]

    /// Names that a union's cases, or what makes the union of a form, can not have.
    private static let takenByUnions: Set<String> = [
        // Of an object that has none of the forms.
        "unknown",
        // Every case hands out its object's JSON under this name.
        "json",
        // `.with` makes a union and fills it in; `blank` is what a form begins with.
        "with", "blank",
        // `x = .none` and `.some` mean the cases of Optional wherever a union is optional.
        "none", "some",
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

    /// The name of a property or enumeration value, without backticks.
    static func member(_ name: String) -> String {
        let start = withoutLeadingDigit(name)
        return renamedMembers[start] ?? start
    }

    /// Whether a form can have this name as a case.
    static func isFreeCase(_ name: String) -> Bool {
        SwiftName.isIdentifier(name) && member(name) == name && !takenByUnions.contains(name)
    }

    /// The name of a function, without backticks.
    static func function(_ name: String) -> String {
        member(name)
    }

    /// The name of a parameter, which is also its label, without backticks.
    static func parameter(_ name: String) -> String {
        let start = withoutLeadingDigit(name)
        return hiddenByParameters.contains(start) ? start + "Value" : start
    }

    private static func withoutLeadingDigit(_ name: String) -> String {
        name.utf8.first.map { (0x30...0x39).contains($0) } ?? false ? "_" + name : name
    }
}

extension SwiftIdentifier {
    /// The name of a property or enumeration value, as it is declared and used after a dot.
    public static func declaredMember(_ name: String) -> String {
        let bare = member(name)
        return SwiftName(bare)?.source ?? bare
    }

    /// The name of a parameter, as it is declared.
    public static func declaredParameter(_ name: String) -> String {
        let bare = parameter(name)
        return SwiftName(bare)?.source ?? bare
    }
}
