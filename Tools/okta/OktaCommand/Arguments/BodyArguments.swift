package import OktaRuntime
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The body in the arguments: `--body` and `--set`.
package struct BodyArguments: Sendable {
    /// JSON, `@file`, or `-` for standard input.
    package var body: String?
    /// The fields to set, in order.
    package var assignments: [FieldAssignment]

    package init(body: String? = nil, assignments: [FieldAssignment] = []) {
        self.body = body
        self.assignments = assignments
    }

    /// Whether there is no body.
    package var isEmpty: Bool { body == nil && assignments.isEmpty }

    /// Returns the bytes of `--body`; nil without it.
    package func bytes(_ context: ProgramContext) throws(CommandFailure) -> [UInt8]? {
        guard let body else { return nil }
        if body == "-" { return try context.input.readAll() }
        guard body.hasPrefix("@") else { return Array(body.utf8) }
        return try Self.contents(of: String(body.dropFirst()), context)
    }

    /// Returns the JSON of `--body`; nil without it.
    package func json(_ context: ProgramContext) throws(CommandFailure) -> JSON? {
        guard let bytes = try bytes(context) else { return nil }
        // Editors and shells on Windows write a byte order mark before UTF-8.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        do { return try JSON(parsing: bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes) } catch {
            guard let body, body != "-", !body.hasPrefix("@") else {
                let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
                throw .usage(
                    "\(body == "-" ? "the standard input" : "the file of --body") is not JSON: \(error)",
                    advice: isWide ? "It is UTF-16: save it as UTF-8." : nil)
            }
            throw .usage(
                "the body is not JSON: \(error)",
                advice: "Begin the name of a file with @: --body @user.json; or set fields: --set name=value.")
        }
    }

    /// Returns a file's contents. A relative path is resolved against the working directory.
    package static func contents(of path: String, _ context: ProgramContext) throws(CommandFailure) -> [UInt8] {
        let full = path.hasPrefix("/") ? path : "\(context.workingDirectory)/\(path)"
        guard let data = FileManager.default.contents(atPath: full) else {
            throw .usage("the file \(path) cannot be read", advice: "Check its name and its permissions.")
        }
        return Array(data)
    }
}
