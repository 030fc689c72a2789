/// The rate of the group itself, which bounds everything that is made of multiplications.
package enum GroupRate {
    /// Multiplies a random element by random scalars that many times; what it costs is libsodium's
    /// constant-time multiplication and nothing else of note.
    package static func multiply(count: Int) {
        var point = RistrettoPoint.generator(times: Scalar.random())
        let scalar = Scalar.random()
        for _ in 0..<count { point = point.times(scalar) }
    }
}
