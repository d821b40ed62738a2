/// Handles that wait for their next transfer; making one anew costs more than clearing it.
struct CurlTransferPool {
    private let options: CurlTransport.Options
    private let cache = FieldCache()
    private var idle: [CurlTransfer] = []
    private static let capacity = 64

    init(options: CurlTransport.Options) {
        self.options = options
    }

    var count: Int { idle.count }

    mutating func take() throws(TransportError) -> CurlTransfer {
        if let transfer = idle.popLast() { return transfer }
        return try CurlTransfer(options: options, cache: cache)
    }

    mutating func give(_ transfer: CurlTransfer) {
        if idle.count < Self.capacity { idle.append(transfer) }
    }

    mutating func removeAll() {
        idle.removeAll()
    }
}
