#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// PostgreSQL's client library, loaded at first use, so that other users need not install it.
final class PostgresConnection: @unchecked Sendable {
    // The connection is used by one task at a time: the sink that owns it stores batches in order. The pointers never
    // change, and the functions of libpq may be called from any thread.
    private typealias Connect = @convention(c) (UnsafePointer<CChar>?) -> OpaquePointer?
    private typealias Status = @convention(c) (OpaquePointer?) -> Int32
    private typealias Message = @convention(c) (OpaquePointer?) -> UnsafePointer<CChar>?
    private typealias Execute =
        @convention(c) (
            OpaquePointer?, UnsafePointer<CChar>?, Int32, UnsafePointer<UInt32>?,
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
        ) -> OpaquePointer?
    private typealias Value = @convention(c) (OpaquePointer?, Int32, Int32) -> UnsafePointer<CChar>?
    private typealias End = @convention(c) (OpaquePointer?) -> Void

    private struct Functions {
        let connect: Connect
        let status: Status
        let message: Message
        let execute: Execute
        let resultStatus: Status
        let rows: Status
        let value: Value
        let clear: End
        let finish: End
    }

    private let functions: Functions
    private let connection: OpaquePointer?

    /// The names of the library, most common first.
    private static let names: [String] = {
        #if canImport(Darwin)
        [
            "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib", "/usr/local/opt/libpq/lib/libpq.5.dylib",
        ]
        #else
        ["libpq.so.5", "libpq.so"]
        #endif
    }()

    /// Connects to a server.
    ///
    /// - Parameter address: A URL or a connection string in the syntax of `psql`.
    init(_ address: String) throws(CommandFailure) {
        functions = try Self.load()
        connection = functions.connect(address)
        guard let connection, functions.status(connection) == 0 else {
            // `deinit` closes the connection.
            let message = Self.text(functions.message(self.connection))
            throw CommandFailure(
                .network, "PostgreSQL cannot be reached: \(message)",
                advice:
                    "Check the address. Put the password into PGPASSWORD or ~/.pgpass: other users can see arguments."
            )
        }
        // Suppresses notices, such as that a table exists.
        try run("SET client_min_messages = warning")
    }

    deinit { functions.finish(connection) }

    /// Executes a statement.
    ///
    /// - Parameter values: The parameters as text.
    /// - Returns: The first column of the first row; nil if there is none.
    @discardableResult
    func run(_ statement: String, _ values: [String?] = []) throws(CommandFailure) -> String? {
        let copies: [UnsafeMutablePointer<CChar>?] = values.map { value in value.flatMap { strdup($0) } }
        defer { for copy in copies { free(copy) } }
        let pointers: [UnsafePointer<CChar>?] = copies.map { $0.map { UnsafePointer($0) } }
        let result = functions.execute(connection, statement, Int32(values.count), nil, pointers, nil, nil, 0)
        defer { functions.clear(result) }
        switch functions.resultStatus(result) {
        case 1: return nil
        case 2: return functions.rows(result) > 0 ? functions.value(result, 0, 0).map { String(cString: $0) } : nil
        default:
            if functions.status(connection) != 0 {
                throw CommandFailure(
                    .network, "the connection to PostgreSQL was lost: \(Self.text(functions.message(connection)))",
                    advice: "Nothing of this batch is stored; the next run continues before it.")
            }
            throw CommandFailure(
                .refused, "PostgreSQL refused a statement: \(Self.text(functions.message(connection)))",
                advice: "Nothing of this batch is stored; the next run continues before it.")
        }
    }

    private static func text(_ message: UnsafePointer<CChar>?) -> String {
        let text = message.map { String(cString: $0) } ?? "no reason was given"
        return text.split(separator: "\n").joined(separator: "; ")
    }

    private static func load() throws(CommandFailure) -> Functions {
        for name in names {
            guard let library = dlopen(name, RTLD_NOW) else { continue }
            func function<Kind>(_ name: String, _ kind: Kind.Type) -> Kind? {
                dlsym(library, name).map { unsafeBitCast($0, to: kind) }
            }
            guard let connect = function("PQconnectdb", Connect.self), let status = function("PQstatus", Status.self),
                let message = function("PQerrorMessage", Message.self),
                let execute = function("PQexecParams", Execute.self),
                let resultStatus = function("PQresultStatus", Status.self),
                let rows = function("PQntuples", Status.self), let value = function("PQgetvalue", Value.self),
                let clear = function("PQclear", End.self), let finish = function("PQfinish", End.self)
            else { continue }
            return Functions(
                connect: connect, status: status, message: message, execute: execute, resultStatus: resultStatus,
                rows: rows, value: value, clear: clear, finish: finish)
        }
        throw .usage(
            "PostgreSQL's client library is not installed",
            advice: "Install libpq: `apt install libpq5`, or `brew install libpq`.")
    }
}
