using System;

namespace IExec.Tasks.Ethereum;

/// <summary>
/// The permutation Keccak-f[1600] of FIPS 202, section 3: 24 rounds over 25 lanes. The lanes live in locals and every round is
/// written out, with the names of the Keccak team's own code: the consonant is the row (b, g, k, m, s), the vowel the column.
/// </summary>
internal static class KeccakF1600
{
    /// <summary>The number of 64-bit lanes in the state.</summary>
    public const int Lanes = 25;

    private static readonly ulong[] RoundConstants =
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
        0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    public static void Permute(Span<ulong> state)
    {
        state = state.Slice(0, Lanes);
        ulong ba = state[0], be = state[1], bi = state[2], bo = state[3], bu = state[4];
        ulong ga = state[5], ge = state[6], gi = state[7], go = state[8], gu = state[9];
        ulong ka = state[10], ke = state[11], ki = state[12], ko = state[13], ku = state[14];
        ulong ma = state[15], me = state[16], mi = state[17], mo = state[18], mu = state[19];
        ulong sa = state[20], se = state[21], si = state[22], so = state[23], su = state[24];

        foreach (var constant in RoundConstants)
        {
            // θ: every lane takes in the parity of two neighbouring columns.
            var ca = ba ^ ga ^ ka ^ ma ^ sa;
            var ce = be ^ ge ^ ke ^ me ^ se;
            var ci = bi ^ gi ^ ki ^ mi ^ si;
            var co = bo ^ go ^ ko ^ mo ^ so;
            var cu = bu ^ gu ^ ku ^ mu ^ su;
            var ta = cu ^ Rotate(ce, 1);
            var te = ca ^ Rotate(ci, 1);
            var ti = ce ^ Rotate(co, 1);
            var to = ci ^ Rotate(cu, 1);
            var tu = co ^ Rotate(ca, 1);

            // ρ and π: turn each lane by its own amount and move it; χ: mix each row; ι: break the symmetry of the rounds.
            var nba = ba ^ ta;
            var nbe = Rotate(ge ^ te, 44);
            var nbi = Rotate(ki ^ ti, 43);
            var nbo = Rotate(mo ^ to, 21);
            var nbu = Rotate(su ^ tu, 14);
            var nga = Rotate(bo ^ to, 28);
            var nge = Rotate(gu ^ tu, 20);
            var ngi = Rotate(ka ^ ta, 3);
            var ngo = Rotate(me ^ te, 45);
            var ngu = Rotate(si ^ ti, 61);
            var nka = Rotate(be ^ te, 1);
            var nke = Rotate(gi ^ ti, 6);
            var nki = Rotate(ko ^ to, 25);
            var nko = Rotate(mu ^ tu, 8);
            var nku = Rotate(sa ^ ta, 18);
            var nma = Rotate(bu ^ tu, 27);
            var nme = Rotate(ga ^ ta, 36);
            var nmi = Rotate(ke ^ te, 10);
            var nmo = Rotate(mi ^ ti, 15);
            var nmu = Rotate(so ^ to, 56);
            var nsa = Rotate(bi ^ ti, 62);
            var nse = Rotate(go ^ to, 55);
            var nsi = Rotate(ku ^ tu, 39);
            var nso = Rotate(ma ^ ta, 41);
            var nsu = Rotate(se ^ te, 2);

            ba = nba ^ (~nbe & nbi) ^ constant;
            be = nbe ^ (~nbi & nbo);
            bi = nbi ^ (~nbo & nbu);
            bo = nbo ^ (~nbu & nba);
            bu = nbu ^ (~nba & nbe);
            ga = nga ^ (~nge & ngi);
            ge = nge ^ (~ngi & ngo);
            gi = ngi ^ (~ngo & ngu);
            go = ngo ^ (~ngu & nga);
            gu = ngu ^ (~nga & nge);
            ka = nka ^ (~nke & nki);
            ke = nke ^ (~nki & nko);
            ki = nki ^ (~nko & nku);
            ko = nko ^ (~nku & nka);
            ku = nku ^ (~nka & nke);
            ma = nma ^ (~nme & nmi);
            me = nme ^ (~nmi & nmo);
            mi = nmi ^ (~nmo & nmu);
            mo = nmo ^ (~nmu & nma);
            mu = nmu ^ (~nma & nme);
            sa = nsa ^ (~nse & nsi);
            se = nse ^ (~nsi & nso);
            si = nsi ^ (~nso & nsu);
            so = nso ^ (~nsu & nsa);
            su = nsu ^ (~nsa & nse);
        }

        state[0] = ba; state[1] = be; state[2] = bi; state[3] = bo; state[4] = bu;
        state[5] = ga; state[6] = ge; state[7] = gi; state[8] = go; state[9] = gu;
        state[10] = ka; state[11] = ke; state[12] = ki; state[13] = ko; state[14] = ku;
        state[15] = ma; state[16] = me; state[17] = mi; state[18] = mo; state[19] = mu;
        state[20] = sa; state[21] = se; state[22] = si; state[23] = so; state[24] = su;
    }

    private static ulong Rotate(ulong value, int count) => (value << count) | (value >> (64 - count));
}
