/// A client that sends requests in unusual ways, and reads until the connection ends.
struct OddClient: Sendable {
    /// The numbers of its requests.
    let numbers: [Int]
    private let pieces: [[UInt8]]
    private let leavesAfter: Int?
    /// Whether all requests are valid, so that the responses arrive in order.
    let isOrderly: Bool

    init(numbers: Range<Int>, secret: String, random: inout SplitMix64) {
        self.numbers = Array(numbers)
        var text: [UInt8] = []
        for number in numbers {
            let method = ["GET", "GET", "GET", "POST", "PUT", "HEAD", "DELETE"].randomElement(using: &random) ?? "GET"
            var fields = ["Host: localhost"]
            fields.append(
                Bool.random(using: &random)
                    ? "Authorization: SSWS \(secret)"
                    : [
                        "X-Okta-Proxy-Secret: \(secret)", "Authorization: SSWS wrong",
                        "authorization: Bearer \(secret)",
                    ]
                    .randomElement(using: &random) ?? "")
            if Int.random(in: 0..<8, using: &random) == 0 {
                fields.append("Connection: X-Okta-Proxy-Secret, Authorization")
            }
            if Int.random(in: 0..<8, using: &random) == 0 { fields.append("Accept-Encoding: gzip") }
            if number + 1 == numbers.upperBound { fields.append("Connection: close") }
            var body = ""
            if method == "POST" || method == "PUT" {
                body = String(repeating: "b", count: Int.random(in: 0..<2_000, using: &random))
                fields.append("Content-Length: \(body.utf8.count)")
            }
            let kind = Int.random(in: 0..<OddOrg.kinds, using: &random)
            let head = (["\(method) /n/\(number)/\(kind) HTTP/1.1"] + fields).joined(separator: "\r\n")
            text += Array((head + "\r\n\r\n" + body).utf8)
        }
        var isOrderly = true
        if Int.random(in: 0..<4, using: &random) == 0 {
            isOrderly = false
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                text[Int.random(in: text.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
        }
        self.isOrderly = isOrderly
        var pieces: [[UInt8]] = []
        while !text.isEmpty {
            pieces.append(Array(text.prefix(Int.random(in: 1...900, using: &random))))
            text.removeFirst(pieces.last?.count ?? 0)
        }
        self.pieces = pieces
        leavesAfter =
            Int.random(in: 0..<6, using: &random) == 0 ? Int.random(in: 0..<pieces.count, using: &random) : nil
    }

    /// Returns all received bytes.
    func run(port: Int) async throws -> [UInt8] {
        let connection = try RawConnection(port: port)
        async let received = connection.receiveAll()
        for (index, piece) in pieces.enumerated() {
            if index == leavesAfter {
                connection.shutDown()
                break
            }
            // The proxy may have closed the connection meanwhile.
            do { try await connection.send(piece) } catch { break }
        }
        return try await received
    }
}
